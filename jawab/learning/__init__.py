"""Learning from what was not understood: groups of like messages, proposed changes of data/faq, and their trial."""
