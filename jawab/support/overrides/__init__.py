"""What owners set at the desk in place of the profile's file, and the knowledge with that on top."""
