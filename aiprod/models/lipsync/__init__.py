"""Mouths that say what is heard: faces found, MuseTalk's network around them, SyncNet to judge it."""
