package app;

import dev.kysera.migrations.annotation.Migration;

@Migration("001_create_users")
class OtherInterface implements Runnable {
  @Override
  public void run() {}
}
