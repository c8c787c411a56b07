"""One file for each kind of run: its settings, what it records, what it needs, its profiles, and by how
much a repetition may differ. Nothing else lists kinds; nothing here knows of TensorFlow."""
