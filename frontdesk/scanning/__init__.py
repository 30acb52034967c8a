"""From pictures to what they say: frames, codes. The heavy libraries are imported only when they are needed."""
