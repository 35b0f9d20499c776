package dev.kysera.migrations.spring;

import dev.kysera.migrations.MigrationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An application that cannot start says what the migrations say, and what to do next. */
final class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<MigrationException> {

  private static final String NEXT = "Next: ";

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, MigrationException cause) {
    String message = String.valueOf(cause.getMessage());
    int next = message.lastIndexOf(NEXT);
    return next < 0
        ? new FailureAnalysis(message, null, cause)
        : new FailureAnalysis(
            message.substring(0, next).strip(), message.substring(next + NEXT.length()), cause);
  }
}
