namespace Testbed.Tests.Interop;

/// <summary>The clients that read the exchange's records.</summary>
public enum ExchangeReader
{
    KafkaPython,
    Confluent,
    Kcat,
    JavaConsole,
}
