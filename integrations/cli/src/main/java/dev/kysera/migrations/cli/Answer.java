package dev.kysera.migrations.cli;

import java.util.Map;

/**
 * What a verb has found out or done.
 *
 * @param json the members of the document's {@code result}
 * @param text what a person reads on standard output, empty for a verb that is done with its lines
 */
record Answer(Map<String, ?> json, String text) {

  static Answer of(Map<String, ?> json) {
    return new Answer(json, "");
  }
}
