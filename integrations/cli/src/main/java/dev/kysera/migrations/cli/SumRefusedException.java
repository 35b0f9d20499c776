package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file of released migrations would lose something that was released. */
final class SumRefusedException extends MigrationException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, @Nullable Object> result;

  SumRefusedException(String message, Map<String, @Nullable Object> result) {
    super(message);
    this.result = result;
  }

  /** What was found, as the document's {@code result}. */
  Map<String, @Nullable Object> result() {
    return result;
  }
}
