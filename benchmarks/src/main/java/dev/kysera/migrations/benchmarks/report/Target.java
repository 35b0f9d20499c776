package dev.kysera.migrations.benchmarks.report;

import java.util.OptionalDouble;

/**
 * A figure of ours that is to stay within a limit.
 *
 * @param figure what it is, in words
 * @param most the limit
 * @param unit the unit of both
 * @param measured what was measured, empty if it was not
 */
record Target(String figure, double most, String unit, OptionalDouble measured) {

  /** Returns {@code reached}, {@code missed}, or that it was not measured. */
  String verdict() {
    if (measured.isEmpty()) {
      return "not measured";
    }
    return measured.getAsDouble() <= most ? "reached" : "**missed**";
  }
}
