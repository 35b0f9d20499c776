package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What is wrong with the history, found by reading only.
 *
 * @param openAttempt the id of the attempt that holds the lock or was interrupted, as {@link
 *     MigrationMaintenance#resolve} wants it; empty if there is none
 * @param findings what a person should know, one entry each, with its remedy where there is one;
 *     empty if all is well
 */
public record MigrationDiagnosis(Optional<String> openAttempt, List<String> findings) {

  /** Creates a diagnosis with a copy of the findings. */
  public MigrationDiagnosis {
    requireNonNull(openAttempt, "openAttempt");
    findings = List.copyOf(findings);
  }
}
