namespace Testbed.Wire;

/// <summary>What is known of the class of a response's body.</summary>
public interface IResponse<TSelf> : IResponse, IMessage<TSelf>
    where TSelf : IResponse<TSelf>
{
    static abstract ApiKey Api { get; }
}
