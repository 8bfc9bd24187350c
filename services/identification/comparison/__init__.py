"""Step 6: county comparison. Departments' extracts are joined with members; hits are verified again, never decide."""
