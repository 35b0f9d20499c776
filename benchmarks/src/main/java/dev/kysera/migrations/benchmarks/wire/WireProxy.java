package dev.kysera.migrations.benchmarks.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/**
 * Stands between clients and a PostgreSQL server on this machine, counts what they say to each
 * other, and can make every round trip last longer.
 */
public final class WireProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int server;
  private final Duration delay;
  private final WireTally tally = new WireTally();

  private WireProxy(ServerSocket listening, int server, Duration delay) {
    this.listening = listening;
    this.server = server;
    this.delay = delay;
  }

  /**
   * Starts one.
   *
   * @param server the port of the server
   * @param delay what is added to each round trip, those that open a session included
   */
  public static WireProxy to(int server, Duration delay) throws IOException {
    WireProxy proxy =
        new WireProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server, delay);
    Thread thread = new Thread(proxy::accept);
    thread.setDaemon(true);
    thread.start();
    return proxy;
  }

  /** Returns the port to connect to in place of the server's. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Returns what was said until now. */
  public WireCounts counts() {
    return tally.counts();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
        client.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        new WireSession(client, to, tally, delay).start();
      }
    } catch (SocketException e) {
      // It is closed.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
