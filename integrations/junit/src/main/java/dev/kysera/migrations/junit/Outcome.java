package dev.kysera.migrations.junit;

import org.opentest4j.TestAbortedException;

/** What became of one test. Immutable. */
sealed interface Outcome {

  /** Tells JUnit. */
  void report();

  /** It found what it expects. */
  record Passed() implements Outcome {
    @Override
    public void report() {}
  }

  /** It found something else. */
  record Failed(AssertionError error) implements Outcome {
    @Override
    public void report() {
      throw error;
    }
  }

  /** It could not be decided. */
  record Aborted(String reason) implements Outcome {
    @Override
    public void report() {
      throw new TestAbortedException(reason);
    }
  }
}
