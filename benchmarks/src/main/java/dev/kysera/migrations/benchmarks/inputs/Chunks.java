package dev.kysera.migrations.benchmarks.inputs;

import java.util.StringJoiner;
import java.util.function.IntFunction;

/** Long lists in Java code, in parts that stay below the limit of a method's size. */
final class Chunks {

  private static final int SIZE = 500;

  private Chunks() {}

  /**
   * Returns a method without arguments that returns an array, and those that it calls.
   *
   * @param element the type of an element
   * @param signature the method's, without its body
   * @param count how many elements there are
   * @param value the expression of one, counted from 1
   */
  static String array(String element, String signature, int count, IntFunction<String> value) {
    StringBuilder code = new StringBuilder();
    code.append(
        """
          @Override protected %2$s {
            %1$s[] all = new %1$s[%3$d];
        """
            .formatted(element, signature, count));
    for (int from = 0; from < count; from += SIZE) {
      code.append("    from%d(all);%n".formatted(from));
    }
    code.append("    return all;\n  }\n");
    for (int from = 0; from < count; from += SIZE) {
      code.append("  private static void from%d(%s[] all) {%n".formatted(from, element));
      for (int i = from; i < Math.min(count, from + SIZE); i++) {
        code.append("    all[%d] = %s;%n".formatted(i, value.apply(i + 1)));
      }
      code.append("  }\n");
    }
    return code.toString();
  }

  /** Returns a method that returns the value at a position, made only when it is asked for. */
  static String lookUp(String type, String name, int count, IntFunction<String> value) {
    StringBuilder code = new StringBuilder();
    StringJoiner cases = new StringJoiner("");
    for (int from = 0; from < count; from += SIZE) {
      cases.add("      case %d: return from%d(position);%n".formatted(from / SIZE, from));
    }
    code.append(
        """
          @Override protected %s %s(int position) {
            switch (position / %d) {
        %s      default: throw new IndexOutOfBoundsException(position);
            }
          }
        """
            .formatted(type, name, SIZE, cases));
    for (int from = 0; from < count; from += SIZE) {
      code.append("  private static %s from%d(int position) {%n".formatted(type, from));
      code.append("    switch (position) {\n");
      for (int i = from; i < Math.min(count, from + SIZE); i++) {
        code.append("      case %d: return %s;%n".formatted(i, value.apply(i + 1)));
      }
      code.append("      default: throw new IndexOutOfBoundsException(position);\n    }\n  }\n");
    }
    return code.toString();
  }
}
