using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A producer that the partition still remembers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="LastData">
/// Offset of the last record of its last data batch in this epoch. None when a transaction marker is all that
/// has its epoch.
/// </param>
public readonly record struct LiveProducer(ProducerId Id, short Epoch, Offset LastData);
