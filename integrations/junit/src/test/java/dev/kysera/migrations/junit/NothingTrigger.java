package dev.kysera.migrations.junit;

import java.sql.Connection;
import org.h2.api.Trigger;

/** A trigger of H2, which must be a public class. */
public final class NothingTrigger implements Trigger {
  @Override
  public void fire(Connection connection, Object[] oldRow, Object[] newRow) {}
}
