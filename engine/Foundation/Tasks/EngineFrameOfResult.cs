namespace Testbed.Foundation;

/// <summary>A suspended method that returns a value.</summary>
public abstract class EngineFrame<TResult> : EngineFrame
{
    internal TResult Result { get; private set; } = default!;

    internal void Finish(TResult result)
    {
        Result = result;
        Finish();
    }
}
