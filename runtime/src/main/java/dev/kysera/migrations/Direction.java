package dev.kysera.migrations;

/** The way a migration is run. */
public enum Direction {
  /** The change is made. */
  UP,
  /** The change is undone. */
  DOWN
}
