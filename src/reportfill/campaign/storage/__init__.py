"""Where the files of a campaign lie: a folder on disk, or any place that fsspec reaches."""
