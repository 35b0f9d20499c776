package dev.kysera.migrations.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What differs between two schemas, line by line. */
final class SchemaDiff {

  private SchemaDiff() {}

  /**
   * Returns the differences, none if the schemas are equal.
   *
   * @param before the objects by heading; what is there only is marked with -
   * @param after the objects by heading; what is there only is marked with +
   */
  static List<Difference> between(
      Map<String, List<String>> before, Map<String, List<String>> after) {
    List<Difference> differences = new ArrayList<>();
    TreeSet<String> headings = new TreeSet<>(before.keySet());
    headings.addAll(after.keySet());
    for (String heading : headings) {
      List<String> was = before.get(heading);
      List<String> is = after.get(heading);
      if (was == null && is != null) {
        differences.add(new Difference(heading, '+', ""));
        is.forEach(line -> differences.add(new Difference(heading, '+', line)));
      } else if (is == null && was != null) {
        differences.add(new Difference(heading, '-', ""));
        was.forEach(line -> differences.add(new Difference(heading, '-', line)));
      } else if (was != null && is != null) {
        differences.addAll(lines(heading, was, is));
      }
    }
    return differences;
  }

  /**
   * A line that is on one side only.
   *
   * @param heading the object it belongs to
   * @param side {@code -} or {@code +}
   * @param line the line, empty for the object as a whole
   */
  record Difference(String heading, char side, String line) {
    @Override
    public String toString() {
      return line.isEmpty() ? side + " " + heading : side + " " + heading + ": " + line.strip();
    }
  }

  private static List<Difference> lines(String heading, List<String> was, List<String> is) {
    int[][] common = commonFrom(was, is);
    List<Difference> differences = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < was.size() || j < is.size()) {
      if (i < was.size() && j < is.size() && was.get(i).equals(is.get(j))) {
        i++;
        j++;
      } else if (j == is.size() || (i < was.size() && common[i + 1][j] >= common[i][j + 1])) {
        differences.add(new Difference(heading, '-', was.get(i++)));
      } else {
        differences.add(new Difference(heading, '+', is.get(j++)));
      }
    }
    return differences;
  }

  /** The length of the longest common subsequence of the rests from each pair of positions. */
  private static int[][] commonFrom(List<String> was, List<String> is) {
    int[][] common = new int[was.size() + 1][is.size() + 1];
    for (int i = was.size() - 1; i >= 0; i--) {
      for (int j = is.size() - 1; j >= 0; j--) {
        common[i][j] =
            was.get(i).equals(is.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
