"""A crisis as it is lived through: declared by a person, written down as it goes, ended by a person, talked about after.

==============  ==================================================================================
`incident`      what is known of one: its head and its timeline
`reading`       the files in content/incidents
`keeping`       a new file, and edits of one that leave every other byte as it is
`declaring`     from a playbook's level to an incident, a pause and a list of things to do
`deadlines`     how soon something is said, and how often; what was kept
`checklist`     what no program can stop: a person does, and ticks it off
`statements`    holding statements: approved beforehand, sent during the pause
`situation`     where and when it is acted in
`acting`        what a person does about it, whatever they do it with
`pausing`       the pauses of a level, in file and ledger
`ending`        whether the all-clear can be given
`aftermath`     the talk afterwards, filled in from the timeline
`proposing`     which level the numbers and words speak for
`hearing`       what was heard lately, in the inbox and elsewhere
`sources`       where the house listens, and when it could not
`house`         its dangers and its sources, out of a workspace
`curve`         what was heard, counted and judged
`live`          the three series of the brand as they stand now
`asking`        what the inbox says about one incident
`quiet`         how long nothing new has come
`figures`       an incident in numbers
==============  ==================================================================================
"""
