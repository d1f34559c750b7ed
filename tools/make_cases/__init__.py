"""Makes the workbooks of tests/cases/: one for each oddity of the real world."""
