namespace Testbed.Tests.Interop;

/// <summary>The clients that write the exchange's records.</summary>
public enum ExchangeWriter
{
    KafkaJs,
    KafkaPython,
    Confluent,
    Kcat,
    JavaConsole,
}
