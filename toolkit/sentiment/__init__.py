"""How messages sound: negative, neutral, positive, or no answer. It orders a queue and shows a trend; it decides nothing.

::

    classifier = load_classifier(settings.languages, state)     state: the workspace's own models, if it has some
    classifier.judge("Wo bleibt mein Paket?")            →      Judgement(label, negative, neutral, positive, language)
    classifier.judge_many(texts, languages)              →      the same for many, in order
    language_of(text, {"de", "en"})                      →      "de", "en" or None

    add_correction(state, text, label, language, now)           somebody of the team knows better: masked, one more label
    forget_corrections(state, texts, before)                    what was said about these texts, or too long ago, goes
    toolkit.sentiment.retraining.retrain(state, "de")    →      Retraining(before, after, replaced): a model from the labels
    toolkit.sentiment.own.drop_own(state, "de")                 back to the model that comes with the program

Judging needs the extra `community`, training the extra `train`. From `features` on, modules import numpy; whoever needs
one imports it late.

=============  ==============================================================================
`judgement`    the nouns
`masking`      names, links, mails and numbers taken out of a message
`detection`    which language a message is in
`classifier`   each message to the model of its language
`lexicon`      English: VADER
`own`          a team's own models, on top of those that come with the program
`labels`       what people said a message sounds like
`features`     a message as hashed words and groups of letters
`linear`       the German model and its file
`table`        many messages as a matrix, to train with
`softmax`      training one model
`descent`      the lowest point of a function, for that
`scores`       how good answers are
`confusion`    which labels are wrong how often, and what that leaves of a share
`measuring`    the same of the models in use here, by the team's labels where there are enough
`corpora`      labelled messages of others, as files
`training`     the German model from these
`retraining`   a team's own model from its labels
models/        the weights, with what they were trained on
=============  ==============================================================================
"""

from toolkit.sentiment.classifier import LANGUAGES, Classifier, load_classifier
from toolkit.sentiment.detection import language_of
from toolkit.sentiment.judgement import CLASSES, Judgement, Sentiment
from toolkit.sentiment.labels import Correction, add_correction, forget_corrections, read_corrections

__all__ = [
    "CLASSES",
    "LANGUAGES",
    "Classifier",
    "Correction",
    "Judgement",
    "Sentiment",
    "add_correction",
    "forget_corrections",
    "language_of",
    "load_classifier",
    "read_corrections",
]
