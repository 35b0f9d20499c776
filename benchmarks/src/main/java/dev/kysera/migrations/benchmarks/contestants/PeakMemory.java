package dev.kysera.migrations.benchmarks.contestants;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The most memory that this process has held until now. */
final class PeakMemory {

  private static final String FIELD = "VmHWM:";
  private static final String UNIT = "kB";

  private PeakMemory() {}

  /** Returns it as the kernel tells it, in KiB. */
  static long kibibytes() throws IOException {
    try (FileInputStream status = new FileInputStream("/proc/self/status")) {
      String text = new String(status.readAllBytes(), StandardCharsets.US_ASCII);
      int from = text.indexOf(FIELD) + FIELD.length();
      return Long.parseLong(text.substring(from, text.indexOf(UNIT, from)).trim());
    }
  }
}
