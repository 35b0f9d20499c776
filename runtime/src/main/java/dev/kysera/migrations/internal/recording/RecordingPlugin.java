package dev.kysera.migrations.internal.recording;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.spi.JdbiPlugin;

/**
 * Lets a {@link Recorder} in between a handle and its connection. A Jdbi cannot be parted from a
 * plugin again, so it does nothing on threads that record nothing.
 */
final class RecordingPlugin extends JdbiPlugin.Singleton {

  @Override
  public Connection customizeConnection(Connection connection) throws SQLException {
    Recorder recorder = Recorder.ofThisThread();
    return recorder == null ? connection : recorder.opened(connection);
  }
}
