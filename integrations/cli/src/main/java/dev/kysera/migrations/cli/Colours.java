package dev.kysera.migrations.cli;

import static java.util.stream.Collectors.joining;

/** Colours lines by the sign that they begin with. */
enum Colours {
  ON {
    @Override
    String paint(String text) {
      return text.lines().map(Colours::painted).collect(joining("\n"));
    }
  },
  OFF {
    @Override
    String paint(String text) {
      return text;
    }
  };

  private static final String END = "\u001b[0m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String CYAN = "\u001b[36m";
  private static final String BOLD = "\u001b[1m";

  abstract String paint(String text);

  private static String painted(String line) {
    String colour = colour(line.strip());
    return colour.isEmpty() ? line : colour + line + END;
  }

  private static String colour(String line) {
    if (line.isEmpty()) {
      return "";
    }
    return switch (line.codePointAt(0)) {
      case '✓', '✅' -> GREEN;
      case '✗', '❌' -> RED;
      case '⚠', '⏳', '↻' -> YELLOW;
      case '↑', '↓', '▶' -> CYAN;
      case 0x1f50d, 0x1f4ca -> BOLD; // the looking glass of a dry run and the chart of the status
      default -> "";
    };
  }
}
