namespace Testbed.Foundation;

/// <summary>Owns rows that wait in a <see cref="DeadlineQueue{T}"/>.</summary>
public interface IDeadlineSink<in T>
{
    /// <summary>
    /// The row's time is up. It is no longer in the queue; calls come in order of deadline.
    /// </summary>
    void OnDeadline(T row);
}
