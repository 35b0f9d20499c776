package dev.kysera.migrations.junit;

import java.util.List;

/**
 * A table, a view or another thing of a schema, as text.
 *
 * @param heading its kind and name, such as {@code table users}
 * @param lines what belongs to it, in an order that does not depend on how it came to be
 */
record SchemaObject(String heading, List<String> lines) {

  SchemaObject {
    lines = List.copyOf(lines);
  }
}
