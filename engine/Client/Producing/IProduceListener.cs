namespace Testbed.Client;

/// <summary>
/// Hears what becomes of records, once for each, in a unit of work after the one that sent it.
/// </summary>
public interface IProduceListener
{
    /// <summary>The token is the one given with the record.</summary>
    void OnProduced(long token, in ProduceResult result);
}
