"""From a message to what should be answered: features, classifier, confidence, decision, reply. No Rasa here."""
