"""Triage: what is urgent, why, and whose it is. The handbook's rules decide; a classifier's guess only orders.

``read_book`` makes the rules ready, ``triage`` looks at one conversation (`Case`), ``wait`` renews nothing but the time that
somebody has waited. Pure: clocks, people's roles and the classifier's guess come in as values.

=====================  =========================================================
`case`                 what is known of a conversation
`phrasing`             words and patterns of all rules against a text
`dangers`              which dangers a text tells of, also for the crisis plans
`book`                 rules, dangers, hours and people, made ready
`ruling`               the ordered rules on one case
`scoring` `parts`      the sum, and each part's reason in words
`verdict` `assigning`  what comes out; whose it is when they are away
`knowing` `keeping`    cases out of an open inbox, and what of the verdicts it keeps
`trying` `shadows`     rules against their own examples, and each other
=====================  =========================================================
"""
