package dev.kysera.migrations.processor;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic.Kind;

/**
 * What is wrong, as data until it is printed. Each offender has one error in a whole compilation:
 * the first, since the others may vanish when it is mended.
 */
final class ValidationReport {

  /** Sorted by offender, so that the same sources always give the same output. */
  private final Map<String, Finding> unprinted = new TreeMap<>();

  private final SortedSet<String> warnings = new TreeSet<>();
  private final Set<String> offenders = new HashSet<>();

  void add(Finding finding) {
    if (offenders.add(finding.offender())) {
      unprinted.put(finding.offender(), finding);
    }
  }

  /** Adds something that need not be mended. */
  void warn(String message) {
    warnings.add(message);
  }

  boolean blames(String offender) {
    return offenders.contains(offender);
  }

  /** Prints what was added since the last time. Elements are of the current round only. */
  void printTo(Messager messager) {
    for (Finding finding : unprinted.values()) {
      messager.printMessage(
          Kind.ERROR, finding.message(), finding.element(), finding.annotation(), finding.value());
    }
    unprinted.clear();
    warnings.forEach(message -> messager.printMessage(Kind.WARNING, message));
    warnings.clear();
  }
}
