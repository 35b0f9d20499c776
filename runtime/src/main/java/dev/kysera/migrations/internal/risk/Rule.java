package dev.kysera.migrations.internal.risk;

/** What is noticed. The names are the tags that users see, and accept risks by. */
enum Rule {
  BlockingIndex,
  ConcurrentlyInTransaction,
  ValidatedConstraint,
  ValidatedTooSoon,
  BlockingUnique,
  TypeChange,
  NotNull,
  NotNullWithoutDefault,
  VolatileDefault,
  Rename,
  Drop,
  Rewrite,
  LockTable,
  UnboundedDml,
  ForeignKey;

  /** Whether it matters for small and new tables too, because the statement fails. */
  boolean alwaysMatters() {
    return this == ConcurrentlyInTransaction;
  }

  static boolean isTag(String text) {
    for (Rule rule : values()) {
      if (rule.name().equals(text)) {
        return true;
      }
    }
    return false;
  }
}
