import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.Record;

/** Puts standard input into a stream, 500 lines a record and a call for each ten records. */
public class Put {
  public static void main(String[] args) throws Exception {
    var http = UrlConnectionHttpClient.builder();
    try (FirehoseClient client = FirehoseClient.builder().httpClientBuilder(http).build()) {
      BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
      List<String> lines = input.lines().toList();
      List<Record> records = new ArrayList<>();
      for (int from = 0; from < lines.size(); from += 500) {
        List<String> some = lines.subList(from, Math.min(from + 500, lines.size()));
        SdkBytes data = SdkBytes.fromUtf8String(String.join("\n", some) + "\n");
        records.add(Record.builder().data(data).build());
        if (records.size() < 10 && from + 500 < lines.size()) continue;
        List<Record> batch = List.copyOf(records);
        PutRecordBatchResponse answer =
            client.putRecordBatch(call -> call.deliveryStreamName(args[0]).records(batch));
        if (answer.failedPutCount() > 0) throw new IllegalStateException(answer.toString());
        records.clear();
      }
    }
  }
}
