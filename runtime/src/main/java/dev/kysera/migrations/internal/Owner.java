package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationRunner;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who makes an attempt, for people. */
final class Owner {

  private static final int MAX_LENGTH = 255;

  /** Looked up once: a host without a name server may take seconds to answer. */
  private static final String HOST = host();

  private Owner() {}

  /** Returns host/pid/thread. */
  static String name() {
    String name =
        HOST + "/" + ProcessHandle.current().pid() + "/" + Thread.currentThread().getName();
    return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH);
  }

  static String toolVersion() {
    String version = MigrationRunner.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private static String host() {
    String host = System.getenv("HOSTNAME");
    if (host != null && !host.isEmpty()) {
      return host;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
