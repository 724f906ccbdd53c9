"""What a judgement says: the parts of a finding, without a sentence."""
