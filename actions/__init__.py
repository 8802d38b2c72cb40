"""Custom actions on the rasa-sdk server: they read the tracker, call jawab's reply function and utter."""
