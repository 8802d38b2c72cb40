"""The files of the small project in which owners make their mistakes."""

FAQ = "data/faq/returns.yml"
SHOP = "data/shops/bazaar.yml"
ACTS = "data/dialogue/acts.yml"
WORDS = "data/dialogue/words.yml"
