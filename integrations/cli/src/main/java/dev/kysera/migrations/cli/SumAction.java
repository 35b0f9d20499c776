package dev.kysera.migrations.cli;

import java.util.Locale;

/** What can be done to the file of released migrations. */
enum SumAction {
  UPDATE;

  /** As a person writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
