"""Rule packs and the waiver ledger: read, checked, merged, digested."""
