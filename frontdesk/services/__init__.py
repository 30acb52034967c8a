"""Floor 3, the use cases: one public function is one thing a person does, in one transaction."""
