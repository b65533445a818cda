"""Many patients at once: the engine's judgements as columns.

    recorded columns -> settled facts -> conditions -> rules, steps, requirements -> results

Every module here mirrors one of `profile` or `engine`, and says the same for a whole column that
its model says for one patient; a property test holds the two equal.
"""
