package formatted;
import dev.kysera.migrations.*;
import dev.kysera.migrations.annotation.Migration;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import org.jdbi.v3.core.Handle;
@Migration("005_generics") final class Generics extends Above<Map<String,List<? super Integer>>> implements JdbiMigration,Comparable<Generics>,Supplier<List<List<List<int[]>>>>{
  private <T extends Comparable<? super T>&java.io.Serializable,U extends List<? extends T>> T first(U all,T... others)throws RuntimeException{return all.isEmpty()?others[0]:all.get(0);}
  Map<String,Map<Integer,List<String>>>maps=new HashMap<>();
  BiFunction<Integer,Integer,Integer>shift=(a,b)->a>>b>>>1<<2,add=(Integer a,Integer b)->{return a+b;},third=Integer::sum;
  Function<Object,Supplier<int[]>>array=o->()->new int[]{1,2},size=o->{int[] x=new int[3];return()->x;};IntFunction<int[][]> make=int[][]::new;
  @Override public int compareTo(Generics other){return Integer.compare(hashCode()>>>16&0xFF|~3^7,other.hashCode()>>2);}
  @Override public List<List<List<int[]>>>get(){return Collections.<List<List<int[]>>>emptyList();}
  @SafeVarargs private static<T>List<T>of(T...all){return Stream.of(all).filter(Objects::nonNull).<T>map(x->x).sorted(Comparator.<T,String>comparing(String::valueOf).reversed().thenComparing(x->x.toString().length())).collect(Collectors.toCollection(ArrayList<T>::new));}
  @Override public void up(Handle handle){
    int x=1;x>>=1;x>>>=2;x<<=3;boolean b=x>=1&&x<=2||!(x<3)^x>4;long l=(long)x+-+-x- -1+ +2;x=x++ + ++x-x-- - --x;
    for(Map.Entry<String,Map<Integer,List<String>>>e:maps.entrySet())for(int i=0,j=10;i<j;i++,j--)if(b)handle.execute(e.getKey()+i);else handle.execute("b");
    Runnable r=()->{};r.run();((Runnable)()->handle.execute("cast")).run();Object o=(Comparator<String>&java.io.Serializable)(s,t)->s.compareTo(t);
    handle.execute(Generics.<Integer>of(1,2,3)+""+this.<Integer,List<Integer>>first(of(1),2)+(b?x>0?1:2:l>0?3:4));
    Stream.iterate(1,i->i*2).limit(100).map(i->"insert into powers values ("+i+")").filter(sql->sql.length()<100).forEach(handle::execute);
  }
  @Override public void down(Handle handle){Stream.of("a","b").map("drop table "::concat).forEach(handle::execute);}
}
abstract class Above<T>{static final String INHERITED="i";}
