"""People with an app in hand, the same verbs in every app: for tests over all apps, and for the page of `make run-apps`."""
