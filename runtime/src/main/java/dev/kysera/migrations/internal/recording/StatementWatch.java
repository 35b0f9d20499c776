package dev.kysera.migrations.internal.recording;

import dev.kysera.migrations.RehearsedStatement.TableLock;
import java.util.List;

/** Looks at the database between the statements of a migration. */
public interface StatementWatch {

  /** Sees nothing. */
  StatementWatch NONE = List::of;

  /**
   * A statement has succeeded.
   *
   * @return the locks that are held since
   */
  List<TableLock> newLocks();
}
