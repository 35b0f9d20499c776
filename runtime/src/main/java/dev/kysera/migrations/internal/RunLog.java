package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the lines of a run go: to the receiver that the options name, or to SLF4J. A receiver that
 * throws does not stop a run.
 */
final class RunLog {

  static final String LOGGER_NAME = "dev.kysera.migrations";

  private final @Nullable Consumer<String> receiver;
  private @Nullable Logger logger;

  RunLog(MigrationOptions options) {
    this.receiver = options.logger().orElse(null);
  }

  /** Something that a run did. */
  void info(String line) {
    if (receiver != null) {
      give(receiver, line);
    } else {
      slf4j().info(line);
    }
  }

  /** Something that somebody should look at. */
  void warn(String line) {
    if (receiver != null) {
      give(receiver, line);
    } else {
      slf4j().warn(line);
    }
  }

  /** An answer to a question: for a receiver of the user's own, but no news for a log file. */
  void report(String line) {
    if (receiver != null) {
      give(receiver, line);
    } else {
      slf4j().debug(line);
    }
  }

  /** Whether somebody hears {@link #report}. */
  boolean hearsReports() {
    return receiver != null || slf4j().isDebugEnabled();
  }

  /** Something that only SLF4J keeps. */
  void debug(List<String> lines) {
    if (receiver == null && slf4j().isDebugEnabled()) {
      lines.forEach(slf4j()::debug);
    }
  }

  /** A fault in code that only listens. */
  void fault(String line, Throwable cause) {
    if (receiver != null) {
      give(receiver, line + ": " + CauseText.of(cause));
    } else {
      slf4j().warn(line, cause);
    }
  }

  private void give(Consumer<String> target, String line) {
    try {
      target.accept(line);
    } catch (Throwable e) {
      slf4j().warn("The logger of the MigrationOptions has thrown; its line was: {}", line, e);
    }
  }

  /** A first use of SLF4J loads hundreds of classes, so it waits for the first line. */
  private Logger slf4j() {
    if (logger == null) {
      logger = LoggerFactory.getLogger(LOGGER_NAME);
    }
    return logger;
  }
}
